export { checkTemplate } from './check-template.js';
export { noticeContent, noticeLines } from './content.js';
export { markDraft } from './draft-mark.js';
export { type Edition, publishedFindings, saysNothingOfPublicity } from './edition.js';
export { fileOf, fillTemplate } from './fill-template.js';
export { standing } from './gate.js';
export { type Placeholder, placeholders } from './placeholders.js';
export { signOffSheet } from './sign-off.js';
export { templateFields } from './template-fields.js';
