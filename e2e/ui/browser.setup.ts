import { test } from '@playwright/test'
import { ensureBrowser } from '../browser'

test('there is a browser, or one can be had', async () => {
  // A fresh machine downloads it here, once, instead of in each worker.
  test.setTimeout(1_500_000)
  await ensureBrowser()
})
