import { momentKind } from "./moment-field.ts";

export const KIND = momentKind({
  type: "datetime",
  control: "datetime-local",
  form: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/,
});
