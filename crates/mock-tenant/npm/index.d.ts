/**
 * Returns the path of the mock tenant's program: the value of the environment variable `LATCHKEY_MOCK_TENANT`, else the program
 * that npm installed for this machine.
 *
 * @throws an `Error` with instructions if there is no program
 */
export function program(): string;
