interface DefaultSubmitProps {
  name?: string;
  value?: string;
}

/**
 * What Enter does in a form whose first visible button does something else. Browsers press the first submit button in the
 * form, so this stands first, out of sight and out of the tab order.
 */
export function DefaultSubmit({ name, value }: DefaultSubmitProps) {
  return (
    <button
      type="submit"
      class="sr-only"
      name={name}
      value={value}
      tabIndex={-1}
      aria-hidden="true"
    />
  );
}
