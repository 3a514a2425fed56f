/** The page's script: reads the data that stand in the page. A page that is served live gives `leakrankPage` newer ones. */
import type { PageData } from '../page-data.ts';
import { byId } from './dom.ts';
import { Page } from './page.ts';

declare global {
  var leakrankPage: Page | undefined;
}

globalThis.leakrankPage = new Page(JSON.parse(byId('report-data', HTMLElement).textContent ?? '') as PageData);
