/** A square picture's planes in the seven other ways it can be turned and mirrored: pictures that no range was observed on. */
export function turned(planes: Float32Array, size: number): Float32Array[] {
  const last = size - 1;
  const ways: ((row: number, column: number) => [row: number, column: number])[] = [
    (r, c) => [r, last - c],
    (r, c) => [last - r, c],
    (r, c) => [last - r, last - c],
    (r, c) => [c, r],
    (r, c) => [c, last - r],
    (r, c) => [last - c, r],
    (r, c) => [last - c, last - r],
  ];
  return ways.map((from) => {
    const moved = new Float32Array(planes.length);
    for (let plane = 0; plane < 3; plane++)
      for (let r = 0; r < size; r++)
        for (let c = 0; c < size; c++) {
          const [row, column] = from(r, c);
          moved[(plane * size + r) * size + c] = planes[(plane * size + row) * size + column]!; // inside
        }
    return moved;
  });
}
