/** A growing list of offsets: eight times smaller than an array of numbers may become, for a million rows. */
export class Uint32List {
  private values = new Uint32Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.values.length) {
      const larger = new Uint32Array(this.values.length * 2);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.length++] = value;
  }

  /** 0 beyond the end. */
  at(index: number): number {
    return this.values[index] ?? 0;
  }
}
