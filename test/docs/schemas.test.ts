import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { mappingJsonSchema, mappingSchema } from '../../src/read/mapping.js';
import { outputJsonSchema } from '../../src/render/output-schema.js';

const mappings = fileURLToPath(new URL('../../mappings', import.meta.url));

it('ships the JSON Schema of mappings as the program has it (renew: vitest -u)', async () => {
  await expect(`${JSON.stringify(mappingJsonSchema(), null, 2)}\n`).toMatchFileSnapshot(
    join(mappings, 'mapping.schema.json'),
  );
});

it.each(readdirSync(mappings).filter(name => name.endsWith('.json') && name !== 'mapping.schema.json'))(
  '%s is a mapping',
  name => {
    const parsed = mappingSchema.safeParse(JSON.parse(readFileSync(join(mappings, name), 'utf8')));
    expect(parsed.error?.issues ?? []).toEqual([]);
    expect(parsed.data?.name).toBe(name.replace(/\.json$/, ''));
  },
);

it('ships the JSON Schema of --json as the program has it (renew: vitest -u)', async () => {
  const path = fileURLToPath(new URL('../../templates/ledger-output.schema.json', import.meta.url));
  await expect(`${JSON.stringify(outputJsonSchema(), null, 2)}\n`).toMatchFileSnapshot(path);
});
