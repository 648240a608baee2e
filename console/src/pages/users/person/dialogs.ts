import { useNavigate, useSearch } from '@tanstack/react-router'

/** What opens over the page of a user, by its name in the address. */
export const dialogs = [
  'role',
  'status',
  'password',
  'impersonate',
  'picture',
  'delete',
  'erase',
  'end-sessions',
  'add-organization',
] as const
export type Dialog = (typeof dialogs)[number]

/** Which dialog is open, and how to open and close one. The way back closes it, too. */
export function useDialog() {
  const open = useSearch({ from: '/console/users/$userId', select: (search) => search.do })
  const navigate = useNavigate()
  const go = (dialog: Dialog | undefined, replace: boolean) =>
    void navigate({
      to: '.',
      search: (search) => {
        const { do: _, ...rest } = search
        return dialog === undefined ? rest : { ...rest, do: dialog }
      },
      replace,
      resetScroll: false,
    })
  return {
    open,
    show: (dialog: Dialog) => go(dialog, false),
    close: () => go(undefined, true),
  }
}
