using Aspire.Hosting.Publishing;
using Microsoft.Extensions.DependencyInjection;

namespace MlKit.Aspire.Vocabulary;

public sealed class EventTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task OnBeforeStart_is_told_with_the_model() => ToldAsync((builder, told) => builder.OnBeforeStart((e, _) => told(e.Model)), (s, m) => new BeforeStartEvent(s, m));

    [Fact]
    public Task OnBeforePublish_is_told_with_the_model() => ToldAsync((builder, told) => builder.OnBeforePublish((e, _) => told(e.Model)), (s, m) => new BeforePublishEvent(s, m));

    [Fact]
    public Task OnAfterPublish_is_told_with_the_model() => ToldAsync((builder, told) => builder.OnAfterPublish((e, _) => told(e.Model)), (s, m) => new AfterPublishEvent(s, m));

    [Fact]
    public Task OnBeforeResourceStarted_is_told_for_its_resource_only() =>
        ToldForAsync((r, told) => r.OnBeforeResourceStarted((resource, _, _) => told(resource)), (r, s) => new BeforeResourceStartedEvent(r, s));

    [Fact]
    public Task OnResourceReady_is_told_for_its_resource_only() =>
        ToldForAsync((r, told) => r.OnResourceReady((resource, _, _) => told(resource)), (r, s) => new ResourceReadyEvent(r, s));

    [Fact]
    public Task OnResourceEndpointsAllocated_is_told_for_its_resource_only() =>
        ToldForAsync((r, told) => r.OnResourceEndpointsAllocated((resource, _, _) => told(resource)), (r, s) => new ResourceEndpointsAllocatedEvent(r, s));

    [Fact]
    public Task OnInitializeResource_is_told_for_its_resource_only() =>
        ToldForAsync((r, told) => r.OnInitializeResource((resource, _, _) => told(resource)), (r, s) => new InitializeResourceEvent(
            r, r.Name.Length > 0 ? s.GetRequiredService<global::Aspire.Hosting.Eventing.IDistributedApplicationEventing>() : null!, s.GetRequiredService<ResourceLoggerService>(), s.GetRequiredService<ResourceNotificationService>(), s));

    [Fact]
    public Task OnResourceStopped_is_told_for_its_resource_only() =>
        ToldForAsync((r, told) => r.OnResourceStopped((resource, _, _) => told(resource)), (r, s) => new ResourceStoppedEvent(
            r, s, new ResourceEvent(r, r.Name, new CustomResourceSnapshot { ResourceType = "x", Properties = [] })));

    [Fact]
    public async Task OnConnectionStringAvailable_is_told_for_its_resource()
    {
        using var model = Model.Run();
        var told = new List<IResource>();
        var redis = model.Builder.AddRedis("cache").OnConnectionStringAvailable((resource, _, _) =>
        {
            told.Add(resource);
            return Task.CompletedTask;
        });
        using var app = model.Builder.Build();
        await model.Builder.Eventing.PublishAsync(new ConnectionStringAvailableEvent(redis.Resource, app.Services), Token);
        Assert.Equal([redis.Resource], told);
    }

    private static async Task ToldAsync<TEvent>(Action<IDistributedApplicationBuilder, Func<DistributedApplicationModel, Task>> subscribe, Func<IServiceProvider, DistributedApplicationModel, TEvent> create)
        where TEvent : global::Aspire.Hosting.Eventing.IDistributedApplicationEvent
    {
        using var model = Model.Run();
        var told = new List<DistributedApplicationModel>();
        subscribe(model.Builder, m =>
        {
            told.Add(m);
            return Task.CompletedTask;
        });
        using var app = model.Builder.Build();
        var application = app.Services.GetRequiredService<DistributedApplicationModel>();
        await model.Builder.Eventing.PublishAsync(create(app.Services, application), Token);
        Assert.Equal([application], told);
    }

    private static async Task ToldForAsync<TEvent>(Action<IResourceBuilder<ExecutableResource>, Func<IResource, Task>> subscribe, Func<IResource, IServiceProvider, TEvent> create)
        where TEvent : global::Aspire.Hosting.Eventing.IDistributedApplicationResourceEvent
    {
        using var model = Model.Run();
        var told = new List<IResource>();
        var (mine, other) = (model.Program("mine"), model.Program("other"));
        subscribe(mine, resource =>
        {
            told.Add(resource);
            return Task.CompletedTask;
        });
        using var app = model.Builder.Build();
        await model.Builder.Eventing.PublishAsync(create(other.Resource, app.Services), Token);
        await model.Builder.Eventing.PublishAsync(create(mine.Resource, app.Services), Token);
        Assert.Equal([mine.Resource], told);
    }
}
