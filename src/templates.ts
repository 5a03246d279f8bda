import { join } from 'node:path';
import { loadProgram } from './launch/program.js';

/* `npm run templates`: what ships in templates/ and is made from the declarations, made anew. */

const { writeTemplates, writeNoticeTemplate } = await loadProgram().templateMakers();
const folder = 'templates';
await writeTemplates(folder);
await writeNoticeTemplate(join(folder, 'notice.docx'));
