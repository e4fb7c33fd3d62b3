/**
 * The path of the mock tenant's program for this machine: the one that the environment variable `LATCHKEY_MOCK_TENANT` names, or
 * the one that npm installed.
 *
 * @throws an `Error` that says what to do, where there is none
 */
export function program(): string;
