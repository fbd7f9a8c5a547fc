#!/usr/bin/env node
// Starts the command: the bundle of the installed package, or the source of a checkout, where nothing must be built.
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');

const source = join(__dirname, '../src/node/cli.ts');
if (existsSync(source)) import(pathToFileURL(source).href);
else require('../dist/command/dateline.cjs');
