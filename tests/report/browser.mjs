// SPDX-License-Identifier: Apache-2.0
// A headless Chromium, driven by the DevTools protocol over a pipe: no package is needed for it.
import {spawn} from 'node:child_process';
import {accessSync, constants, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {delimiter, join} from 'node:path';

/** Path of the browser; undefined when there is none. POLDER_CHROMIUM names another one. */
export function findChromium() {
  const names = process.env.POLDER_CHROMIUM
    ? [process.env.POLDER_CHROMIUM]
    : process.env.PATH.split(delimiter).flatMap((folder) =>
        ['chromium', 'chromium-browser', 'google-chrome'].map((name) => join(folder, name)),
      );
  return names.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--hide-scrollbars',
  '--disable-dev-shm-usage',
  '--remote-debugging-pipe',
];

export class Browser {
  constructor(path) {
    this.profile = mkdtempSync(join(tmpdir(), 'polder-chromium-'));
    this.process = spawn(path, [...flags, `--user-data-dir=${this.profile}`, 'about:blank'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    });
    this.waiting = new Map();
    this.listeners = [];
    let rest = '',
      next = 0;
    this.number = () => ++next;
    this.process.stdio[4].on('data', (piece) => {
      const messages = (rest + piece).split('\0');
      rest = messages.pop();
      for (const message of messages.map((text) => JSON.parse(text))) {
        if (message.id) this.waiting.get(message.id)?.(message);
        else for (const listener of this.listeners) listener(message);
      }
    });
    this.process.on('exit', () => {
      for (const settle of this.waiting.values()) settle({error: {message: 'the browser ended'}});
    });
  }

  send(method, params = {}, sessionId = undefined) {
    return new Promise((resolve, reject) => {
      const id = this.number();
      this.waiting.set(id, ({error, result}) =>
        error ? reject(new Error(`${method}: ${error.message}`)) : resolve(result),
      );
      this.process.stdio[3].write(`${JSON.stringify({id, method, params, sessionId})}\0`);
    });
  }

  async page() {
    const {targetId} = await this.send('Target.createTarget', {url: 'about:blank'});
    const {sessionId} = await this.send('Target.attachToTarget', {targetId, flatten: true});
    const page = new Page(this, sessionId);
    for (const domain of ['Runtime', 'Page', 'Network', 'Log', 'Accessibility']) await page.send(`${domain}.enable`);
    return page;
  }

  async close() {
    await this.send('Browser.close').catch(() => {});
    await new Promise((resolve) => (this.process.exitCode === null ? this.process.once('exit', resolve) : resolve()));
    rmSync(this.profile, {recursive: true, force: true, maxRetries: 5});
  }
}

/** One tab. `complaints`: whatever its console or the browser said about it; `requests`: what it asked for. */
class Page {
  constructor(browser, session) {
    this.browser = browser;
    this.session = session;
    this.complaints = [];
    this.requests = [];
    browser.listeners.push(({method, params, sessionId}) => {
      if (sessionId !== session) return;
      if (method === 'Runtime.exceptionThrown')
        this.complaints.push(params.exceptionDetails.exception?.description ?? params.exceptionDetails.text);
      if (method === 'Runtime.consoleAPICalled')
        this.complaints.push(`console.${params.type}: ${params.args.map(({value}) => value).join(' ')}`);
      if (method === 'Log.entryAdded') this.complaints.push(params.entry.text);
      if (method === 'Network.requestWillBeSent') this.requests.push(params.request.url);
    });
  }

  send(method, params) {
    return this.browser.send(method, params, this.session);
  }

  /** The value of an expression; promises are awaited. */
  async evaluate(expression) {
    const {result, exceptionDetails} = await this.send('Runtime.evaluate', {
      expression,
      returnByValue: true,
      awaitPromise: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  async open(url, {width = 1280, height = 900, dark = false, print = false} = {}) {
    await this.send('Emulation.setDeviceMetricsOverride', {width, height, deviceScaleFactor: 1, mobile: width < 600});
    await this.send('Emulation.setEmulatedMedia', {
      media: print ? 'print' : 'screen',
      features: [{name: 'prefers-color-scheme', value: dark ? 'dark' : 'light'}],
    });
    await this.send('Page.navigate', {url});
    await this.until("document.documentElement.dataset.ready === 'yes'");
    await this.settle();
  }

  /** Two frames later everything is drawn. */
  settle() {
    return this.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))');
  }

  async until(expression, milliseconds = 20000) {
    const end = Date.now() + milliseconds;
    while (!(await this.evaluate(expression).catch(() => false))) {
      if (Date.now() > end) throw new Error(`never true: ${expression}`);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  }

  async press(key, keyCode, text = undefined) {
    for (const type of ['keyDown', 'keyUp'])
      await this.send('Input.dispatchKeyEvent', {
        type,
        key,
        code: key,
        windowsVirtualKeyCode: keyCode,
        ...(type === 'keyDown' && text ? {text} : {}),
      });
  }
}
