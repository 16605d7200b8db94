namespace MlKit.Tests.Clients;

/// <summary>The npm package <c>mlflow</c>, as it is published, against the server.</summary>
public sealed class NodeClientTests
{
    [Fact]
    public async Task The_node_client_creates_a_run_logs_to_it_and_reads_it_back()
    {
        var folder = Path.Combine(Repository.Root, "tests", "Clients", "mlflow-node");
        await InstallAsync(folder);
        await using var server = await TrackingProcess.StartAsync();
        var result = await Tool.TryRunAsync("node", ["client.js", server.Address.AbsoluteUri.TrimEnd('/')], folder);
        Assert.NotNull(result);
        Assert.True(result.Code == 0, result.Output);
        Assert.Equal("ok", result.Output.Trim());
    }

    /// <summary>Installs the locked package beside the script once; the folder <c>node_modules</c> is not committed.</summary>
    private static async Task InstallAsync(string folder)
    {
        var node = await Tool.TryRunAsync("node", ["--version"], folder);
        Assert.SkipWhen(node is null, "node is not installed");
        if (File.Exists(Path.Combine(folder, "node_modules", "mlflow", "package.json")))
        {
            return;
        }

        var install = await Tool.TryRunAsync(Tool.Npm, ["ci", "--no-audit", "--no-fund"], folder);
        Assert.SkipWhen(install is null, "npm is not installed");
        Assert.SkipWhen(install!.Code != 0, $"npm could not install the package mlflow: {install.Output}");
    }
}
