#!/usr/bin/env node
// npm create dateline-feeds [folder] [-- options of "dateline init"]
//
// Installs Dateline in the folder, by default this one, and starts a publication there.
const { spawnSync } = require('node:child_process');
const { existsSync, mkdirSync, writeFileSync } = require('node:fs');
const { resolve } = require('node:path');
const { version } = require('./package.json');

const [first = '', ...rest] = process.argv.slice(2);
const hasFolder = first !== '' && !first.startsWith('-');
const folder = resolve(hasFolder ? first : '.');
const options = hasFolder ? rest : process.argv.slice(2);

mkdirSync(folder, { recursive: true });
if (!existsSync(resolve(folder, 'package.json')))
  writeFileSync(resolve(folder, 'package.json'), `${JSON.stringify({ private: true, type: 'module' }, null, 2)}\n`);
run('npm', ['install', '--no-audit', '--no-fund', `dateline-feeds@^${version}`]);
run('npx', ['--no', 'dateline', 'init', ...options]);

function run(program, args) {
  // npm and npx are scripts of the shell on Windows.
  const { status, error } = spawnSync(program, args, {
    cwd: folder,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}
