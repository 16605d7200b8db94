using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>
/// Runs an AppHost under a test: its entry point composes the application, the test may change it, builds and starts it.
/// Defaults: no dashboard, free ports instead of fixed ones, a temporary state folder of its own, waits that fail when what
/// they wait for is gone, and the AppHost's first launch profile as configuration.
/// </summary>
public static class DistributedApplicationTestingBuilder
{
    /// <summary>An application without an AppHost; the test composes it.</summary>
    /// <param name="args">The command line.</param>
    public static IDistributedApplicationTestingBuilder Create(params string[] args) =>
        Create(new DistributedApplicationTestingBuilderOptions(), args);

    /// <summary>An application without an AppHost; the test composes it.</summary>
    /// <param name="options">How it is built.</param>
    /// <param name="args">The command line.</param>
    public static IDistributedApplicationTestingBuilder Create(DistributedApplicationTestingBuilderOptions options, string[] args)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Create(options, args, null);
    }

    /// <summary>An application without an AppHost; the test composes it.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="configureBuilder">Changes the options before the builder is made.</param>
    public static IDistributedApplicationTestingBuilder Create(
        string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder)
    {
        ArgumentNullException.ThrowIfNull(configureBuilder);
        return Create(new DistributedApplicationTestingBuilderOptions(), args, configureBuilder);
    }

    /// <summary>Runs an AppHost up to the point where it builds its application.</summary>
    /// <typeparam name="TEntryPoint">A type of the AppHost's assembly, such as <c>Projects.AppHost</c>.</typeparam>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(CancellationToken cancellationToken = default)
        where TEntryPoint : class => CreateAsync(typeof(TEntryPoint), cancellationToken);

    /// <summary>Runs an AppHost up to the point where it builds its application.</summary>
    /// <typeparam name="TEntryPoint">A type of the AppHost's assembly, such as <c>Projects.AppHost</c>.</typeparam>
    /// <param name="options">How it is built.</param>
    /// <param name="args">The command line.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(
        DistributedApplicationTestingBuilderOptions options, string[] args, CancellationToken cancellationToken = default)
        where TEntryPoint : class => CreateAsync(typeof(TEntryPoint), options, args, cancellationToken);

    /// <summary>Runs an AppHost up to the point where it builds its application.</summary>
    /// <param name="entryPoint">A type of the AppHost's assembly.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync(Type entryPoint, CancellationToken cancellationToken = default) =>
        CreateAsync(entryPoint, [], cancellationToken);

    /// <summary>Runs an AppHost up to the point where it builds its application.</summary>
    /// <param name="entryPoint">A type of the AppHost's assembly.</param>
    /// <param name="options">How it is built.</param>
    /// <param name="args">The command line.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync(
        Type entryPoint, DistributedApplicationTestingBuilderOptions options, string[] args, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return CreateAsync(entryPoint, options, args, null, cancellationToken);
    }

    /// <summary>Runs an AppHost up to the point where it builds its application.</summary>
    /// <typeparam name="TEntryPoint">A type of the AppHost's assembly, such as <c>Projects.AppHost</c>.</typeparam>
    /// <param name="args">The command line.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(string[] args, CancellationToken cancellationToken = default)
        where TEntryPoint : class => CreateAsync(typeof(TEntryPoint), args, cancellationToken);

    /// <summary>Runs an AppHost up to the point where it builds its application.</summary>
    /// <param name="entryPoint">A type of the AppHost's assembly.</param>
    /// <param name="args">The command line.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync(Type entryPoint, string[] args, CancellationToken cancellationToken = default) =>
        CreateAsync(entryPoint, new DistributedApplicationTestingBuilderOptions(), args, null, cancellationToken);

    /// <summary>Runs an AppHost up to the point where it builds its application.</summary>
    /// <typeparam name="TEntryPoint">A type of the AppHost's assembly, such as <c>Projects.AppHost</c>.</typeparam>
    /// <param name="args">The command line.</param>
    /// <param name="configureBuilder">Changes the options before the builder is made.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(
        string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder, CancellationToken cancellationToken = default) =>
        CreateAsync(typeof(TEntryPoint), args, configureBuilder, cancellationToken);

    /// <summary>Runs an AppHost up to the point where it builds its application.</summary>
    /// <param name="entryPoint">A type of the AppHost's assembly.</param>
    /// <param name="args">The command line.</param>
    /// <param name="configureBuilder">Changes the options before the builder is made.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync(
        Type entryPoint, string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(configureBuilder);
        return CreateAsync(entryPoint, new DistributedApplicationTestingBuilderOptions(), args, configureBuilder, cancellationToken);
    }

    private static OwnTestingBuilder Create(
        DistributedApplicationTestingBuilderOptions testing, string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings>? configure)
    {
        ArgumentNullException.ThrowIfNull(args);
        var defaults = new TestDefaults(testing, appHost: null, configure);
        using (BuilderInterception.Enter(defaults.Prepare, static _ => { }, static _ => { }, static _ => { }))
        {
            var builder = new DistributedApplicationBuilder(new DistributedApplicationOptions { Args = args });
            defaults.Apply(builder);
            return new OwnTestingBuilder(builder);
        }
    }

    private static async Task<IDistributedApplicationTestingBuilder> CreateAsync(
        Type entryPoint,
        DistributedApplicationTestingBuilderOptions testing,
        string[] args,
        Action<DistributedApplicationOptions, HostApplicationBuilderSettings>? configure,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entryPoint);
        ArgumentNullException.ThrowIfNull(args);
        var run = new EntryPointRun(entryPoint.Assembly, args, new TestDefaults(testing, entryPoint.Assembly, configure));
        return new EntryPointTestingBuilder(await run.StartAsync(cancellationToken).ConfigureAwait(false), run);
    }
}
