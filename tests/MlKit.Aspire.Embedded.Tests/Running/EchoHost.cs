using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using MlKit.Aspire.Embedded.Tests.Runtime;
using MlKit.Tests;

namespace MlKit.Aspire.Embedded.Tests.Running;

/// <summary>Applications of the test server, which tells its process id.</summary>
internal static class EchoHost
{
    /// <summary>The project of the test server.</summary>
    public static string Project { get; } = Path.Combine(Repository.Root, "tests", "apps", "EchoServer", "EchoServer.csproj");

    /// <summary>Adds the server under a name.</summary>
    public static IResourceBuilder<global::Aspire.Hosting.Dotnet.DotnetProjectResource> AddEcho(this TestHost host, string name) =>
        host.Builder.AddDotnetProject(name, Project, options => options.ExcludeLaunchProfile = true);

    /// <summary>The public address of a resource's endpoint.</summary>
    public static Uri Address(this TestHost host, string resource, string endpoint = "http") => new(
        ((IResourceWithEndpoints)host.Builder.Resources.Single(r => r.Name == resource)).GetEndpoint(endpoint).Url);

    /// <summary>Which process answers.</summary>
    public static async Task<int> AskAsync(HttpClient client, Uri address) =>
        int.Parse(await client.GetStringAsync(address, TestContext.Current.CancellationToken), CultureInfo.InvariantCulture);

    /// <summary>Waits until so many processes answer in turn, and gives their ids.</summary>
    public static async Task<IReadOnlyCollection<int>> UntilAsync(HttpClient client, Uri address, int processes)
    {
        var seen = new HashSet<int>();
        await Eventually.True(
            async () =>
            {
                seen.Clear();
                for (var i = 0; i < processes * 3; i++)
                {
                    using var response = await client.GetAsync(address, TestContext.Current.CancellationToken);
                    if (response.IsSuccessStatusCode)
                    {
                        seen.Add(int.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), CultureInfo.InvariantCulture));
                    }
                }

                return seen.Count == processes;
            },
            TimeSpan.FromSeconds(60),
            $"{processes} processes answer");
        return seen;
    }
}
