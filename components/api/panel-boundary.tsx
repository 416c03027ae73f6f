'use client'

import { Component, type ReactNode } from 'react'
import { ErrorNote } from './error-note'

/**
 * A panel that breaks while drawing leaves the others alive. React knows error boundaries only as classes; Next's
 * `catchError` would bring 3 kB of its error pages along.
 */
export class PanelBoundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  override render() {
    if (this.state.error === null) return this.props.children
    return (
      <div className="rounded-xl border bg-surface">
        <ErrorNote
          error={this.state.error}
          isRetrying={false}
          onRetry={() => this.setState({ error: null })}
        />
      </div>
    )
  }
}
