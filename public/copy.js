// Puts a button beside each address that copies it. Without this the field itself can be selected and copied.
for (const list of document.querySelectorAll('.addresses')) {
  const { copy, copied } = list.dataset;
  // Says to who can't see the button that it worked.
  const status = document.createElement('span');
  status.className = 'aside';
  status.setAttribute('role', 'status');
  list.after(status);
  for (const field of list.querySelectorAll('input')) {
    const button = document.createElement('button');
    button.type = 'button';
    const word = document.createTextNode(copy);
    const which = document.createElement('span');
    which.className = 'aside';
    which.textContent = ` ${field.labels[0].textContent}`;
    button.append(word, which);
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(field.value);
      } catch {
        // Without a secure context there is only the old way.
        field.select();
        document.execCommand('copy');
        button.focus();
      }
      word.data = copied;
      status.textContent = copied;
      setTimeout(() => {
        word.data = copy;
        status.textContent = '';
      }, 2000);
    });
    field.after(' ', button);
  }
}
