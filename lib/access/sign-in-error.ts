const MESSAGES = {
  CredentialsSignin: 'The e-mail address or the password is not right.',
  RateLimited: 'Too many failed sign-ins. Wait five minutes, then try again.',
  Unavailable: 'Signing in is not possible right now. Try again in a moment.',
  SessionRequired: 'Sign in to see this page.',
} as const

/** Why a sign-in failed, as the code in the address of the sign-in page. */
export type SignInError = keyof typeof MESSAGES

/** What to tell the person. An unknown code gets a general sentence: the address is anybody's to write. */
export function signInErrorMessage(code: string): string {
  const known = Object.entries(MESSAGES).find(([name]) => name === code)
  return known ? known[1] : 'Signing in did not work. Try again.'
}
