using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MlKit.Aspire.Embedded.Runtime;

namespace Aspire.Hosting;

/// <summary>The default <see cref="IDistributedApplicationBuilder"/>, over a generic host.</summary>
public partial class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly HostApplicationBuilder _host;
    private readonly DistributedApplicationOptions _options;
    private readonly DistributedApplicationExecutionContextOptions _executionContextOptions;
    private readonly AppHostFacts _appHost;

    /// <summary>Starts composing an application.</summary>
    /// <param name="args">The command line.</param>
    public DistributedApplicationBuilder(string[] args)
        : this(new DistributedApplicationOptions { Args = args ?? throw new ArgumentNullException(nameof(args)) })
    {
    }

    /// <summary>Starts composing an application.</summary>
    /// <param name="options">How it is built.</param>
    /// <exception cref="DistributedApplicationException">The command line asks for something that is not known.</exception>
    public DistributedApplicationBuilder(DistributedApplicationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var settings = new HostApplicationBuilderSettings { Args = options.Args is { } args ? CommandLine.Settings(args) : null };
        BuilderObserver.Write(BuilderObserver.Constructing, (options, settings));
        _options = options;
        UserErrors.SayInOneLine();
        _appHost = AppHostFacts.Find(options);
        settings.ApplicationName ??= _appHost.Assembly?.GetName().Name;
        settings.ContentRootPath ??= Directory.Exists(_appHost.Directory) ? _appHost.Directory : AppContext.BaseDirectory;
        BuilderConfiguration.ReadOnce(settings);
        _host = BuilderConfiguration.Host(settings);
        BuilderConfiguration.Apply(_host.Configuration, options, _appHost);
        options.DisableDashboard |= !RunSettings.Flag(_host.Configuration, RunSettings.DashboardKey, true);

        _executionContextOptions = new(CommandLine.Operation(key => _host.Configuration[key]), PublisherName());
        ExecutionContext = new(_executionContextOptions);
        BuilderConfiguration.ApplyIdentity(_host.Configuration, _appHost, ExecutionContext);
        UserSecretsManager = new SecretsFile(BuilderConfiguration.SecretsFile(_host.Configuration, _appHost));
        AddModelServices();
        AddHostServices();
        if (ExecutionContext.IsPublishMode)
        {
            AddPublishServices();
        }
        else
        {
            AddRunServices();
        }

        BuilderObserver.Write(BuilderObserver.Constructed, this);
    }

    /// <inheritdoc/>
    public IHostEnvironment Environment => _host.Environment;

    /// <inheritdoc/>
    public ConfigurationManager Configuration => _host.Configuration;

    /// <inheritdoc/>
    public IServiceCollection Services => _host.Services;

    /// <inheritdoc/>
    public string AppHostDirectory => _appHost.Directory;

    /// <summary>The path of the AppHost's project without its extension.</summary>
    public string AppHostPath => _appHost.Path;

    /// <inheritdoc/>
    public Assembly? AppHostAssembly => _appHost.Assembly;

    /// <inheritdoc/>
    public DistributedApplicationExecutionContext ExecutionContext { get; }

    /// <inheritdoc/>
    public IResourceCollection Resources { get; } = new ResourceCollection();

    /// <inheritdoc/>
    public IDistributedApplicationEventing Eventing { get; } = new DistributedApplicationEventing();

    /// <inheritdoc/>
    public IUserSecretsManager UserSecretsManager { get; }

    /// <inheritdoc/>
    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(resource);
        if (Resources.TryGetByName(resource.Name, out var existing))
        {
            throw new DistributedApplicationException(
                $"Cannot add resource of type '{resource.GetType()}' with name '{resource.Name}' because resource of type '{existing.GetType()}' with that name already exists. Resource names are case-insensitive.");
        }

        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    /// <inheritdoc/>
    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(resource);
        return new DistributedApplicationResourceBuilder<T>(this, resource);
    }

    /// <summary>Checks the model and builds the application.</summary>
    /// <exception cref="DistributedApplicationException">Two resources have one name.</exception>
    public DistributedApplication Build()
    {
        BuilderObserver.Write(BuilderObserver.Building, this);
        ValidateNames();
        var application = new DistributedApplication(_host.Build());
        _executionContextOptions.Services = application.Services;
        BuilderObserver.Write(BuilderObserver.Built, application);
        return application;
    }

    /// <summary>Registers what both run and publish need of the host: notifications, logs, commands.</summary>
    partial void AddHostServices();

    /// <summary>Registers what runs the application on this machine.</summary>
    partial void AddRunServices();

    /// <summary>Registers what publishes the application.</summary>
    partial void AddPublishServices();

    private void AddModelServices()
    {
        Services.AddSingleton(_options);
        Services.AddSingleton<IDistributedApplicationBuilder>(this);
        Services.AddSingleton(ExecutionContext);
        Services.AddSingleton(Eventing);
        Services.AddSingleton(UserSecretsManager);
        Services.AddSingleton(Resources);
        Services.AddSingleton(services => new DistributedApplicationModel(services.GetRequiredService<IResourceCollection>()));
    }

    private string PublisherName() => _host.Configuration["Publishing:Publisher"] is { Length: > 0 } name ? name : "manifest";

    // AddResource checks too, but the collection can be changed by others.
    private void ValidateNames()
    {
        var twice = Resources.GroupBy(r => r.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
        {
            throw new DistributedApplicationException(
                $"Multiple resources with the name '{twice.Key}'. Resource names are case-insensitive.");
        }
    }
}
