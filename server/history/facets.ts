import type { ExperimentSpec } from '../application/experiment.ts';

export interface Facet {
  readonly field: 'model' | 'unit' | 'board' | 'workload' | 'by';
  readonly value: string;
}

/** What an experiment can be found by. `tinker.npu` is a unit under that name and as plain `npu`. */
export function facetsOf({ models, units, workload }: ExperimentSpec, createdBy: string): Facet[] {
  const facets: Facet[] = [
    ...models.map(({ id }): Facet => ({ field: 'model', value: id })),
    ...units.flatMap((id): Facet[] => [
      { field: 'unit', value: id },
      { field: 'unit', value: id.slice(id.indexOf('.') + 1) },
      ...(id.includes('.') ? [{ field: 'board', value: id.slice(0, id.indexOf('.')) } as const] : []),
    ]),
    { field: 'workload', value: workload.kind },
    { field: 'by', value: createdBy.toLowerCase() },
  ];
  return [...new Map(facets.map((facet) => [`${facet.field} ${facet.value}`, facet])).values()];
}
