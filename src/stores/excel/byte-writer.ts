/** Bytes put together from pieces of another buffer and texts, without a string of the whole. */
export class ByteWriter {
  private buffer: Buffer;
  private length = 0;

  constructor(expected: number) {
    this.buffer = Buffer.allocUnsafe(Math.max(1024, expected));
  }

  copy(from: Buffer, start: number, end: number): void {
    if (end <= start) return;
    this.room(end - start);
    from.copy(this.buffer, this.length, start, end);
    this.length += end - start;
  }

  text(text: string): void {
    // No UTF-16 unit takes more than three bytes.
    this.room(text.length * 3);
    this.length += this.buffer.write(text, this.length, 'utf8');
  }

  /** The bytes so far; the writer may not be used after this. */
  bytes(): Buffer {
    return this.buffer.subarray(0, this.length);
  }

  private room(needed: number): void {
    if (this.length + needed <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.length + needed, Math.ceil(this.buffer.length * 1.5)));
    this.buffer.copy(larger, 0, 0, this.length);
    this.buffer = larger;
  }
}
