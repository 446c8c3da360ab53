// What leads to itself: nothing of this is ever called in time, and reading it has to end.
import again from "./again";

const one: any = new (two as any)();
const two: any = new (one as any)();
one.size = 1;

class First extends (Second as any) {}
class Second extends First {}
const both: any = new First();
both.run();

export default again;
again.size = 2;

function step0(list: number[]) {
  step1(list);
  step1(list);
}
function step1(list: number[]) {
  step2(list);
  step2(list);
}
function step2(list: number[]) {
  step3(list);
  step3(list);
}
function step3(list: number[]) {
  step4(list);
  step4(list);
}
function step4(list: number[]) {
  step5(list);
  step5(list);
}
function step5(list: number[]) {
  step6(list);
  step6(list);
}
function step6(list: number[]) {
  step7(list);
  step7(list);
}
function step7(list: number[]) {
  step8(list);
  step8(list);
}
function step8(list: number[]) {
  step9(list);
  step9(list);
}
function step9(list: number[]) {
  step10(list);
  step10(list);
}
function step10(list: number[]) {
  step11(list);
  step11(list);
}
function step11(list: number[]) {
  step12(list);
  step12(list);
}
function step12(list: number[]) {
  step13(list);
  step13(list);
}
function step13(list: number[]) {
  step14(list);
  step14(list);
}
function step14(list: number[]) {
  step15(list);
  step15(list);
}
function step15(list: number[]) {
  step16(list);
  step16(list);
}
function step16(list: number[]) {
  step17(list);
  step17(list);
}
function step17(list: number[]) {
  step18(list);
  step18(list);
}
function step18(list: number[]) {
  step19(list);
  step19(list);
}
function step19(list: number[]) {
  step20(list);
  step20(list);
}
function step20(list: number[]) {
  step21(list);
  step21(list);
}
function step21(list: number[]) {
  step22(list);
  step22(list);
}
function step22(list: number[]) {
  step23(list);
  step23(list);
}
function step23(list: number[]) {
  step24(list);
  step24(list);
}
function step24(list: number[]) {
  step25(list);
  step25(list);
}
function step25(list: number[]) {
  step26(list);
  step26(list);
}
function step26(list: number[]) {
  step27(list);
  step27(list);
}
function step27(list: number[]) {
  step28(list);
  step28(list);
}
function step28(list: number[]) {
  step29(list);
  step29(list);
}
function step29(list: number[]) {
  step30(list);
  step30(list);
}
function step30(list: number[]) {
  step31(list);
  step31(list);
}
function step31(list: number[]) {
  step32(list);
  step32(list);
}
function step32(list: number[]) {
  step33(list);
  step33(list);
}
function step33(list: number[]) {
  step34(list);
  step34(list);
}
function step34(list: number[]) {
  step35(list);
  step35(list);
}
function step35(list: number[]) {
  step36(list);
  step36(list);
}
function step36(list: number[]) {
  step37(list);
  step37(list);
}
function step37(list: number[]) {
  step38(list);
  step38(list);
}
function step38(list: number[]) {
  step39(list);
  step39(list);
}
function step39(list: number[]) {
  step40(list);
  step40(list);
}
function step40(list: number[]) {
  step0(list);
  list.push(1);
}
const numbers: number[] = [];
if (numbers.length > 0) step0(numbers);
