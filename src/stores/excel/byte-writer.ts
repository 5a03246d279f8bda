/** Below this many bytes a plain loop beats Buffer.copy, which makes an object for every call. */
const SHORT = 256;
/** Texts are gathered up to this length before they are encoded. */
const GATHER = 65_536;

/** Bytes put together from pieces of another buffer and texts, without a string of the whole. */
export class ByteWriter {
  private buffer: Buffer;
  private length = 0;
  private gathered = '';

  constructor(expected: number) {
    this.buffer = Buffer.allocUnsafe(Math.max(1024, expected));
  }

  copy(from: Buffer, start: number, end: number): void {
    if (end <= start) return;
    this.encode();
    this.room(end - start);
    if (end - start > SHORT) from.copy(this.buffer, this.length, start, end);
    else for (let at = start, to = this.length; at < end; at++, to++) this.buffer[to] = from[at] ?? 0;
    this.length += end - start;
  }

  text(text: string): void {
    this.gathered += text;
    if (this.gathered.length > GATHER) this.encode();
  }

  /** The bytes so far; the writer may not be used after this. */
  bytes(): Buffer {
    this.encode();
    return this.buffer.subarray(0, this.length);
  }

  private encode(): void {
    if (this.gathered === '') return;
    // No UTF-16 unit takes more than three bytes.
    this.room(this.gathered.length * 3);
    this.length += this.buffer.write(this.gathered, this.length, 'utf8');
    this.gathered = '';
  }

  private room(needed: number): void {
    if (this.length + needed <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.length + needed, Math.ceil(this.buffer.length * 1.5)));
    this.buffer.copy(larger, 0, 0, this.length);
    this.buffer = larger;
  }
}
