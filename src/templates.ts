import { join } from 'node:path';
import { writeNoticeTemplate } from './notice/write/template.js';
import { writeTemplates } from './stores/excel/templates.js';

/* `npm run templates`: what ships in templates/ and is made from the declarations, made anew. */

const folder = 'templates';
await writeTemplates(folder);
await writeNoticeTemplate(join(folder, 'notice.docx'));
