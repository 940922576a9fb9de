import { HttpError } from "fresh";
import { ErrorScreen } from "@/components/ErrorScreen.tsx";
import { define } from "@/define.ts";

export const config = { skipInheritedLayouts: true };

const TITLES: Record<number, string> = {
  400: "The request was not understood",
  403: "You may not do this",
  404: "There is nothing here",
  409: "That is already taken",
  413: "That is too large",
  422: "Something in the address or form is wrong",
  503: "Not available right now",
};

export default define.page(({ error, state }) => {
  const status = error instanceof HttpError ? error.status : 500;
  return (
    <ErrorScreen
      status={status}
      title={TITLES[status] ?? "Something went wrong"}
      requestId={state.requestId}
    >
      {error instanceof HttpError && (status < 500 || status === 503)
        ? error.message
        : "The server could not do this. Its log says why, under this request's number."}
    </ErrorScreen>
  );
});
