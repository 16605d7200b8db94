using System.Globalization;
using MlKit.Aspire.Embedded.Processes;
using MlKit.Aspire.Embedded.State;

namespace MlKit.Aspire.Embedded.Tests.Runtime;

public sealed class StateTests
{
    [Fact]
    public void A_second_host_on_one_state_folder_fails_with_the_process_id_of_the_first()
    {
        using var folder = new TemporaryFolder();
        using var first = StateRoot.Open(folder.Path);

        var error = Assert.ThrowsAny<Exception>(() => StateRoot.Open(folder.Path));

        Assert.Contains(Environment.ProcessId.ToString(CultureInfo.InvariantCulture), error.Message, StringComparison.Ordinal);
        Assert.Contains("--MlKit:StatePath", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_state_folder_is_for_its_owner_only()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "file modes are a Unix matter");
        using var folder = new TemporaryFolder();
        using var state = StateRoot.Open(folder.File("deep/state"));

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(state.Path));
        }
    }

    [Fact]
    public void The_ledger_gives_the_next_host_what_still_ran()
    {
        using var folder = new TemporaryFolder();
        var start = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123);
        using (var ledger = ProcessLedger.Open(folder.Path, out var before))
        {
            Assert.Empty(before);
            ledger.Started(new ProcessRecord(11, start, "feast"));
            ledger.Started(new ProcessRecord(12, start, "a name"));
            ledger.Ended(11);
        }

        using var next = ProcessLedger.Open(folder.Path, out var left);

        Assert.Equal([new ProcessRecord(12, start, "a name")], left);
    }
}
