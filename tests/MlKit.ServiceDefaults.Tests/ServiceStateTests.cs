using Microsoft.Extensions.Configuration;

namespace MlKit.ServiceDefaults.Tests;

public sealed class ServiceStateTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("mlkit-state-").FullName;

    [Fact]
    public void The_configured_folder_is_created_for_its_owner_only()
    {
        var wanted = Path.Combine(_root, "with space", "ünïcode");

        var opened = ServiceState.Open(Configuration(wanted), "tracking");

        Assert.Equal(wanted, opened);
        Assert.True(Directory.Exists(wanted));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(wanted));
        }
    }

    [Fact]
    public void A_path_that_cannot_be_a_folder_is_refused_by_the_name_of_its_setting()
    {
        var file = Path.Combine(_root, "file");
        File.WriteAllText(file, "");

        var error = Assert.Throws<InvalidOperationException>(() => ServiceState.Open(Configuration(file), "tracking"));

        Assert.Contains("MLKIT__STATE__PATH", error.Message, StringComparison.Ordinal);
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static IConfiguration Configuration(string path) =>
        new ConfigurationBuilder().AddInMemoryCollection([new(ServiceState.Key, path)]).Build();
}
