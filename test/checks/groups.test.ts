import { describe, expect, it } from 'vitest';
import { elsewhere } from '../../src/checks/elsewhere.js';
import { grouped } from '../../src/checks/groups.js';
import { checks } from '../../src/checks/index.js';

describe('the groups in which checks are listed', () => {
  const all = [...checks, ...elsewhere];
  const groups = grouped(all);

  it('hold every check exactly once', () => {
    const ids = groups.flatMap(group => group.checks.map(check => check.id));
    expect([...ids].sort()).toEqual(all.map(check => check.id).sort());
  });

  it('leave to the last only what concerns the program itself', () => {
    expect(groups.at(-1)?.checks.map(check => check.id)).toEqual(['internal']);
  });
});
