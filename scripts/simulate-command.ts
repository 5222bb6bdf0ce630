import { answer } from './simulate-answer.ts';
import { readQuestion } from './simulate-question.ts';
import { table } from './simulate-table.ts';
import { parseValues } from './simulate-values.ts';

export function simulateCommand(argv: string[]): void {
  const values = parseValues(argv);
  const question = readQuestion(values);
  const answers = question.policies.map((policy) => answer(policy, question));
  if (values.json) console.log(JSON.stringify(question.several ? answers : answers[0]));
  else console.log(table(answers));
}
