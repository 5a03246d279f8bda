import { text } from '../../../model/text.js';
import { fold } from '../../fold.js';
import type { NoticePolicy } from '../../parsed.js';
import { type Remark, remark } from '../linting.js';
import type { Comparing } from './comparing.js';
import { knownOf } from './wordings.js';

/** Rule documents that the notice says were made or revised, and neither 制度清单 nor any finding of the ledger names. */
export function* policiesAgainst(comparing: Comparing): Iterable<Remark> {
  const { linting, examined } = comparing;
  const { ledger, states } = examined;
  const listed = ledger.registers.policies.rows.flatMap(row =>
    row.data.name === undefined ? [] : [bare(row.data.name)],
  );
  const told = bare(states.map(state => knownOf(state, ledger).words).join('\n'));
  const strange = linting.parsed.policies.filter(policy => {
    const name = bare(policy.name);
    return !listed.some(one => one === name || one.endsWith(name) || name.endsWith(one)) && !told.includes(name);
  });
  for (const policy of strange) yield unlisted(policy, comparing);
}

function unlisted(policy: NoticePolicy, { linting }: Comparing): Remark {
  return remark(linting, 'notice-policy-unknown', 'warning', `${policy.line}|${policy.name}`, {
    line: policy.line,
    words: policy.name,
    ...(policy.finding === undefined ? {} : { finding: policy.finding }),
    found: policy.name,
    message: text(`《${policy.name}》不在台账的制度清单里`, `《${policy.name}》 is not in 制度清单`),
    remedy: text(
      '登记到制度清单（名称、文号、印发日期），或改正名称',
      'list it with number and date, or correct its name',
    ),
  });
}

function bare(name: string): string {
  return fold(name)
    .replace(/\((?:试行|暂行|修订|修订稿)\)/gu, '')
    .replace(/[《》〈〉\s]/gu, '');
}
