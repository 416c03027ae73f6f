import type { APIRequestContext, APIResponse } from '@playwright/test'

/** Signs in as a browser's form would; the context keeps the session. */
export async function signInByHttp(
  request: APIRequestContext,
  { email, password }: { email: string; password: string },
): Promise<APIResponse> {
  const { csrfToken } = await (await request.get('/api/auth/csrf')).json()
  return request.post('/api/auth/callback/credentials', {
    form: { csrfToken, email, password, json: 'true' },
  })
}
