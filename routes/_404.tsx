import { ErrorScreen } from "@/components/ErrorScreen.tsx";
import { define } from "@/define.ts";

export const config = { skipInheritedLayouts: true };

export default define.page(() => (
  <ErrorScreen status={404} title="There is nothing here">
    The address is wrong, or what it named was deleted.
  </ErrorScreen>
));
