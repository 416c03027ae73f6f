'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { InstanceAnswer } from '@/lib/access/schema'
import { instanceQueryOptions } from './instance-query'

/** How this installation is set up; every number is read anew once its history is complete. */
export function useInstance(initialInstance: InstanceAnswer): InstanceAnswer {
  const client = useQueryClient()
  const { data } = useQuery({ ...instanceQueryOptions(), initialData: initialInstance })
  const isFilling = data.historyProgress !== null
  const wasFilling = useRef(isFilling)
  useEffect(() => {
    if (wasFilling.current && !isFilling) void client.invalidateQueries()
    wasFilling.current = isFilling
  }, [isFilling, client])
  return data
}
