import { useMutation } from '@tanstack/react-query'
import { queries } from '../../../../client/queries.ts'
import { tellDone } from '../../../../ui/told.ts'

/** Does something with a user and says so; what goes wrong is in `error`, for the dialog that stays open. */
export function useAct<Asked = void>(id: string, act: (asked: Asked) => Promise<string | null>, onDone: () => void) {
  return useMutation({
    mutationFn: act,
    onSuccess: async (said) => {
      if (said !== null) tellDone(said)
      onDone()
      await queries.invalidateQueries({ queryKey: ['users'] })
    },
    /** What was refused may have been founded on what is so no more. */
    onSettled: () => queries.invalidateQueries({ queryKey: ['user', id] }),
  })
}
