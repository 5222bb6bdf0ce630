import { useEffect, useRef } from 'react';
import { frames } from '../ui/live/frame-loop.ts';
import { SPARK_EVERY_MS, sparkOf, statePulse } from '../ui/live/pulse.ts';
import { onThemeChange } from '../ui/theme.ts';

const HEIGHT = 36;

/** A minute of a unit's utilisation. Drawn past React, four times a second. */
export function Sparkline({ unit }: { readonly unit: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const shown = canvas.current;
    if (!shown) return;
    const draw = () => drawSpark(shown, unit);
    const frame = frames.add(draw, SPARK_EVERY_MS);
    const leave = [statePulse.hear(frame.ask), onThemeChange(frame.ask)];
    frame.ask();
    return () => {
      frame.leave();
      for (const go of leave) go();
    };
  }, [unit]);
  return (
    <span aria-hidden="true" className="block">
      <canvas ref={canvas} className="block w-full rounded-sm bg-sunken" style={{ height: HEIGHT }} />
    </span>
  );
}

function drawSpark(canvas: HTMLCanvasElement, unit: string): void {
  const pen = canvas.getContext('2d');
  const width = canvas.clientWidth;
  if (!pen || width === 0) return;
  const dpr = Math.min(2, devicePixelRatio || 1);
  if (canvas.width !== Math.round(width * dpr)) {
    canvas.width = Math.round(width * dpr);
    canvas.height = HEIGHT * dpr;
  }
  const ring = sparkOf(unit);
  const step = width / (ring.capacity - 1);
  const yOf = (age: number) => HEIGHT - 1.5 - ring.at(age) * (HEIGHT - 4);
  pen.setTransform(dpr, 0, 0, dpr, 0, 0);
  pen.clearRect(0, 0, width, HEIGHT);
  if (ring.length < 2) return;
  pen.strokeStyle = getComputedStyle(canvas).getPropertyValue('--accent');
  pen.fillStyle = pen.strokeStyle;
  pen.lineWidth = 1.5;
  pen.beginPath();
  for (let age = 0; age < ring.length; age++) pen.lineTo(width - age * step, yOf(age));
  pen.stroke();
  pen.lineTo(width - (ring.length - 1) * step, HEIGHT);
  pen.lineTo(width, HEIGHT);
  pen.globalAlpha = 0.14;
  pen.fill();
  pen.globalAlpha = 1;
}
