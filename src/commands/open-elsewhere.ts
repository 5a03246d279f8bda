import { text } from '../model/text.js';
import { StoreError } from '../stores/store.js';
import type { Exit, World } from './command.js';

/**
 * Runs a command; while it finds a file open in Excel, WPS or LibreOffice, a person on a terminal may close it and try again.
 * The command starts from the beginning each time, because what was saved on closing has to be read, too.
 * @throws StoreError `open-elsewhere` when nobody can be asked, or the person would rather stop
 */
export async function runWhileOpen(run: () => Promise<Exit>, world: World): Promise<Exit> {
  for (;;) {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof StoreError) || error.code !== 'open-elsewhere' || !world.terminal) throw error;
      const question = text('关闭以后按回车重试，输入 n 停下：', 'Enter to try again, n to stop: ');
      const answer = await world.ask(`${error.text[world.lang]}\n${question[world.lang]}`);
      if (answer === undefined || /^(?:n|no|否|不|取消)/iu.test(answer)) throw error;
    }
  }
}
