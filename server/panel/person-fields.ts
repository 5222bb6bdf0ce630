import * as z from 'zod';
import { SHORTEST_PASSWORD } from './password-length.ts';

// What a person is known by, and what opens the door for them, as forms ask for it.

export const personName = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(64, 'may have 64 characters at most')
  .regex(/^\P{C}*$/u, 'may have no invisible characters');

export const newPassword = z
  .string()
  .min(SHORTEST_PASSWORD, `must have ${SHORTEST_PASSWORD} characters at least`)
  .max(256, 'may have 256 characters at most');

export const roleField = z.enum(['viewer', 'operator', 'admin']);
