/** "Intel NCS2: USB 3, 51 °C"; `heat`: what is said of its temperature, null where nothing is. */
export const stickText = (name: string, speedMbps: number | null, heat: string | null): string =>
  `${name}: ${usbOf(speedMbps)}${heat === null ? '' : `, ${heat}`}`;

/** "USB 2" is what a stick is slow on; a speed that is not known is not guessed. */
export const usbOf = (speedMbps: number | null): string =>
  speedMbps === null ? 'USB' : speedMbps >= 5000 ? 'USB 3' : speedMbps >= 480 ? 'USB 2' : 'USB 1';
