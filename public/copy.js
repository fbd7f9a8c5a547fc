// Puts a button beside each address that copies it. Without this the field itself can be selected and copied.
for (const field of document.querySelectorAll('.addresses input')) {
  const button = document.createElement('button');
  button.type = 'button';
  const label = field.labels[0].textContent;
  const say = (word) => {
    button.textContent = word;
    button.setAttribute('aria-label', `${word} ${label}`);
  };
  say('Copy');
  button.addEventListener('click', async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      // Without a secure context there is only the old way.
      document.execCommand('copy');
    }
    say('Copied');
    setTimeout(say, 2000, 'Copy');
  });
  field.after(' ', button);
}
