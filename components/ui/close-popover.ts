/** Closes the popover that is open, for a choice after which there is nothing more to choose. */
export function closePopover(): void {
  document.querySelector<HTMLElement>('[popover]:popover-open')?.hidePopover()
}
