import { requirePython, requireTerraform } from './account/required-programs';

describe('what the suite needs', () => {
  it('is said in a sentence when it is missing', async () => {
    await expect(requirePython('no-such-python')).rejects.toThrow(/needs Python 3\.10 or newer/);
    await expect(requireTerraform('no-such-terraform')).rejects.toThrow(/needs Terraform 1\.11 or newer/);
  });

  it('is found where it is', async () => {
    await requirePython();
    await requireTerraform();
  });
});
