/** The script that a served page has beside its own: it shows each report that comes. */
export const LIVE_SCRIPT: string = `
const events = new EventSource('events');
const title = document.title;
events.onmessage = ({ data }) => globalThis.leakrankPage.update(JSON.parse(data));
events.onopen = () => { document.title = title; };
events.onerror = () => { document.title = '(not live) ' + title; };
addEventListener('pagehide', () => events.close());
`.trim();
