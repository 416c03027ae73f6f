/** A provider could not be asked because signing in failed; `isRefused` = the credentials were not accepted. */
export class SignInError extends Error {
  readonly isRefused: boolean

  constructor(message: string, { isRefused, cause }: { isRefused: boolean; cause?: unknown }) {
    super(message, { cause })
    this.name = 'SignInError'
    this.isRefused = isRefused
  }
}
