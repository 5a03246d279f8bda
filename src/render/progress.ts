import type { Lang, Text } from '../model/text.js';

/** Steps of a long run on a terminal; nothing is drawn while the run is short. */
export type Progress = {
  /** The next step begins. */
  step(label: Text): void;
  /** Takes the bar off the screen; before anything else is printed. */
  stop(): void;
};

/** Drawn from here on; whoever waits less does not need a bar. */
const patienceMs = 500;

/**
 * @param steps how many steps there will be
 * @param stream where it is drawn
 */
export async function progressBar(
  terminal: boolean,
  lang: Lang,
  steps: number,
  stream: NodeJS.WritableStream = process.stderr,
): Promise<Progress> {
  if (!terminal) return { step: () => {}, stop: () => {} };
  const { Presets, SingleBar } = await import('cli-progress');
  const began = Date.now();
  const bar = new SingleBar(
    // A cursor that is hidden would stay so after Ctrl+C.
    { format: '{bar} {value}/{total} {label}', clearOnComplete: true, hideCursor: false, stream },
    Presets.shades_classic,
  );
  let at = 0;
  let drawn = false;
  let later: NodeJS.Timeout | undefined;
  const draw = (label: Text): void => {
    if (drawn) bar.update(at, { label: label[lang] });
    else bar.start(steps, at, { label: label[lang] });
    drawn = true;
    // The work that follows keeps the event loop busy: draw now, not at the next tick.
    bar.render();
  };
  return {
    step: label => {
      at += 1;
      clearTimeout(later);
      const left = patienceMs - (Date.now() - began);
      // A step that only waits, for a service far away, leaves the event loop free.
      if (left > 0) later = setTimeout(() => draw(label), left).unref();
      else draw(label);
    },
    stop: () => {
      clearTimeout(later);
      if (drawn) bar.stop();
      drawn = false;
    },
  };
}
