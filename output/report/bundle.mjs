// SPDX-License-Identifier: Apache-2.0
// Bundles src/ into two files beside this one: page.html, with styles, fonts, map and program inline, into which
// `polder report` puts a document; and pictures.mjs, which draws the same charts as SVG files in node.
import {readFile, writeFile} from 'node:fs/promises';
import {build} from 'esbuild';

const shared = {bundle: true, minify: true, legalComments: 'none', logLevel: 'warning', write: false, charset: 'utf8'};

const script = await build({...shared, entryPoints: ['src/main.js'], format: 'iife', target: 'es2020'});
const styles = await build({
  ...shared,
  entryPoints: ['src/styles.css'],
  loader: {'.woff2': 'dataurl'},
  target: 'es2020',
});
const pictures = await build({
  ...shared,
  entryPoints: ['src/pictures.js'],
  format: 'esm',
  platform: 'node',
  target: 'node18',
});

/** Program text inside a script element: the only thing that could end it early is its closing tag. */
const inScript = (text) => text.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');

// Functions as replacements: the texts hold `$`.
const page = (await readFile('src/page.html', 'utf8'))
  .replace('@STYLES@', () => styles.outputFiles[0].text)
  .replace('@PROGRAM@', () => inScript(script.outputFiles[0].text));
await writeFile('page.html', page);
await writeFile('pictures.mjs', pictures.outputFiles[0].text);
