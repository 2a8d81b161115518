import { momentKind } from "./moment-field.ts";

export const KIND = momentKind({
  type: "date",
  control: "date",
  form: /^\d{4}-\d{2}-\d{2}$/,
});
