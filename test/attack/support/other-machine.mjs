// Loaded before the program (`node --import`): it takes itself for one on another computer, LEDGER_HOST by name, whose clock is
// wrong by LEDGER_CLOCK milliseconds.
import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';

const name = process.env.LEDGER_HOST;
if (name !== undefined) {
  os.hostname = () => name;
  syncBuiltinESMExports();
}

const wrong = Number(process.env.LEDGER_CLOCK ?? 0);
if (wrong !== 0) {
  const Right = Date;
  globalThis.Date = class extends Right {
    constructor(...given) {
      super(...(given.length === 0 ? [Right.now() + wrong] : given));
    }
    static now() {
      return Right.now() + wrong;
    }
  };
}
