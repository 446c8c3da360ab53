import mine from "./circles";

export default mine as any;
