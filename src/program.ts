/** What the program is to those who start it: the command line, and the makers of what ships in templates/. */
export { runLedger } from './commands/run.js';

export const templateMakers = async () => ({
  ...(await import('./stores/excel/templates.js')),
  ...(await import('./notice/write/template.js')),
});
