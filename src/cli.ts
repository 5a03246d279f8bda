#!/usr/bin/env node
import { runLedger } from './commands/run.js';

process.exitCode = await runLedger(process.argv.slice(2));
