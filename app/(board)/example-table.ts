/** Two units and two models, one of which the second unit cannot run; said with every field that a table may have. */
export const EXAMPLE_TABLE = `{
  "units": [
    { "id": "gpu" },
    { "id": "stick", "modelSlots": 1, "switchMs": 400 }
  ],
  "models": ["mobilenet_v2", "resnet50"],
  "latencyMs": {
    "gpu":   { "mobilenet_v2": 6.2, "resnet50": 18.4 },
    "stick": { "mobilenet_v2": 4.1, "resnet50": null }
  },
  "parameters": { "mobilenet_v2": 3538984, "resnet50": 25636712 }
}
`;
