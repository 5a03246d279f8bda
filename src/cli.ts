#!/usr/bin/env node
import { loadProgram } from './launch/program.js';

process.exitCode = await loadProgram().runLedger(process.argv.slice(2));
