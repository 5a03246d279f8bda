import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Mask, maskPaths, parseMask } from './mask.js';

/** The parts of a Google discovery document that a request is held against. */
type Schema = {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly items?: Schema;
  readonly readOnly?: boolean;
};
type Method = {
  readonly id: string;
  readonly httpMethod: string;
  readonly path: string;
  readonly flatPath?: string;
  readonly parameters?: Readonly<Record<string, Schema & { readonly location: string; readonly repeated?: boolean }>>;
  readonly request?: { readonly $ref: string };
  readonly response?: { readonly $ref: string };
  readonly scopes?: readonly string[];
};
type Resource = {
  readonly methods?: Readonly<Record<string, Method>>;
  readonly resources?: Readonly<Record<string, Resource>>;
};
type Discovery = Resource & {
  readonly servicePath: string;
  readonly schemas: Readonly<Record<string, Schema>>;
  readonly parameters: Readonly<Record<string, Schema>>;
};

/** Which message a `fields` mask of a request speaks about; the documents do not say it in a form a program can read. */
const MASKED_BY: Readonly<Record<string, string>> = {
  UpdateCellsRequest: 'CellData',
  RepeatCellRequest: 'CellData',
  AppendCellsRequest: 'CellData',
  UpdateSheetPropertiesRequest: 'SheetProperties',
  UpdateSpreadsheetPropertiesRequest: 'SpreadsheetProperties',
  UpdateDimensionPropertiesRequest: 'DimensionProperties',
  UpdateProtectedRangeRequest: 'ProtectedRange',
  UpdateDeveloperMetadataRequest: 'DeveloperMetadata',
  UpdateNamedRangeRequest: 'NamedRange',
};

/** Holds requests against Google's own description of its service; absent documents leave it undefined. */
export class DiscoveryCheck {
  private readonly methods: { readonly doc: Discovery; readonly method: Method; readonly pattern: RegExp }[] = [];

  private constructor(docs: readonly Discovery[]) {
    for (const doc of docs) {
      const walk = (resource: Resource): void => {
        for (const method of Object.values(resource.methods ?? {})) {
          const path = `/${doc.servicePath}${method.path}`.replaceAll('//', '/');
          const pattern = path
            .replace(/[.*?^$()|[\]\\]/g, '\\$&')
            .replace(/\{\+?([A-Za-z]+)\}/g, (_all, name: string) => (name === 'range' ? '.+' : '[^/:]+'));
          this.methods.push({ doc, method, pattern: new RegExp(`^${pattern}$`) });
        }
        for (const inner of Object.values(resource.resources ?? {})) walk(inner);
      };
      walk(doc);
    }
  }

  /** The documents beside the repository, if somebody put them there. */
  static ifPresent(): DiscoveryCheck | undefined {
    const folder = new URL('../../../../shared/google/', import.meta.url);
    const files = ['sheets.v4.json', 'drive.v3.json'].map(name => fileURLToPath(new URL(name, folder)));
    if (!files.every(file => existsSync(file))) return undefined;
    return new DiscoveryCheck(
      files.map(file => {
        const doc: Discovery = JSON.parse(readFileSync(file, 'utf8'));
        return doc;
      }),
    );
  }

  /** Everything that the documents do not allow in this request; empty when it is sound. */
  faults(httpMethod: string, url: URL, body: unknown): string[] {
    const path = decodeURIComponent(url.pathname);
    const found = this.methods.find(({ method, pattern }) => method.httpMethod === httpMethod && pattern.test(path));
    if (found === undefined) return [`no such method: ${httpMethod} ${path}`];
    const { doc, method } = found;
    const faults: string[] = [];
    for (const [name, value] of url.searchParams) {
      const parameter = method.parameters?.[name] ?? doc.parameters[name];
      if (parameter === undefined) faults.push(`${method.id}: unknown parameter ${name}`);
      else this.value(doc, parameter, coerce(parameter, value), `${method.id}?${name}`, faults);
      if (name === 'fields' && method.response !== undefined) {
        this.mask(doc, method.response.$ref, parseMask(value), `${method.id}?fields`, faults);
      }
    }
    if (method.request !== undefined) this.value(doc, { $ref: method.request.$ref }, body, method.id, faults);
    else if (body !== undefined) faults.push(`${method.id}: takes no body`);
    return faults;
  }

  private value(doc: Discovery, schema: Schema, value: unknown, at: string, faults: string[]): void {
    if (value === null || value === undefined) return;
    if (schema.$ref !== undefined) {
      const target = doc.schemas[schema.$ref];
      if (target === undefined) return;
      this.value(doc, target, value, at, faults);
      const masked = MASKED_BY[schema.$ref];
      if (masked !== undefined && typeof value === 'object') {
        const fields = 'fields' in value ? value.fields : undefined;
        if (typeof fields !== 'string' || fields === '') faults.push(`${at}: no field mask`);
        else if (fields !== '*') this.mask(doc, masked, parseMask(fields), `${at}.fields`, faults);
      }
      if (schema.$ref === 'Request' && Object.keys(value).length !== 1)
        faults.push(`${at}: exactly one kind a request`);
      return;
    }
    switch (schema.type) {
      case 'object': {
        if (typeof value !== 'object' || Array.isArray(value)) {
          faults.push(`${at}: not an object`);
          return;
        }
        for (const [name, inner] of Object.entries(value)) {
          const property = schema.properties?.[name] ?? schema.additionalProperties;
          if (property === undefined) faults.push(`${at}: unknown field ${name}`);
          else this.value(doc, property, inner, `${at}.${name}`, faults);
        }
        return;
      }
      case 'array':
        if (!Array.isArray(value)) faults.push(`${at}: not a list`);
        else
          for (const [index, item] of value.entries())
            this.value(doc, schema.items ?? {}, item, `${at}[${index}]`, faults);
        return;
      case 'string':
        if (typeof value !== 'string') faults.push(`${at}: not a string`);
        else if (schema.enum !== undefined && !schema.enum.includes(value))
          faults.push(`${at}: ${value} is not allowed`);
        return;
      case 'integer':
        if (typeof value !== 'number' || !Number.isInteger(value)) faults.push(`${at}: not an integer`);
        else if (Math.abs(value) > 2 ** 31 - 1) faults.push(`${at}: more than 32 bits`);
        return;
      case 'number':
        if (typeof value !== 'number') faults.push(`${at}: not a number`);
        return;
      case 'boolean':
        if (typeof value !== 'boolean') faults.push(`${at}: not a boolean`);
        return;
      default:
    }
  }

  private mask(doc: Discovery, message: string, mask: Mask, at: string, faults: string[]): void {
    for (const path of maskPaths(mask)) {
      let schema: Schema | undefined = doc.schemas[message];
      for (const name of path.split('.')) {
        if (name === '*') break;
        while (schema?.$ref !== undefined || schema?.type === 'array') {
          schema = schema.$ref !== undefined ? doc.schemas[schema.$ref] : schema.items;
        }
        schema = schema?.properties?.[name];
        if (schema === undefined) {
          faults.push(`${at}: no such field ${path}`);
          break;
        }
      }
    }
  }
}

function coerce(schema: Schema, value: string): unknown {
  if (schema.type === 'boolean') return value === 'true' ? true : value === 'false' ? false : value;
  if (schema.type === 'integer' || schema.type === 'number') return Number(value);
  return value;
}
